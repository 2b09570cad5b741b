"""The small values every other room speaks in: reasons, language tags, texts, uncertain dates, names."""
