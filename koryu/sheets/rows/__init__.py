"""Sheets of rows and columns: what a row is, what stands in a cell and how it is read, changes by two people, pasting.

A sheet is declared once (`row_sheet`); drawing (`koryu.markup.table_html`), saving, pasting and checking go by that.
"""
