"""Published files in every vintage: reading, storing, asking what was known when.

A source plug-in reads a delimited text, a workbook, a Parquet or an R file with:

- ``table.stage(raw, Layout(columns=..., delimiter="|", encoding="latin-1"))``: the text as a table ``raw`` of texts,
  with every broken row, missing column and garbled letter as a located problem;
- ``workbook.stage_sheet(raw, "Sheet1", columns=..., header_row=1)``: the same for one sheet;
- ``macros.understand_numbers(raw, staged, columns=)``: problems and notes for cells that are not plain numbers;
- ``misfits.misfits(raw, staged, Misfit(...))``: the problem of rows that must not be there, declared as rules;
- the SQL macros ``number(t)``, ``is_blank(t)``, ``month_number(t)``, ``month_code(year, month)``;
- ``sql.parquet([raw.path])`` and ``rda.read_objects(raw.path, name=raw.name)``.
"""
