"""Small immutable values that every other room uses: reasons, language tags, texts, uncertain dates, names."""
