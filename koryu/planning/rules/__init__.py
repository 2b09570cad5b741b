"""What planning concludes from the record and the day it is given: each answer with its reasons. Pure."""
