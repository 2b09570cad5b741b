"""Letters and lists as pages: each kind made once as blocks, which Word, PDF and the screen then write alike."""
