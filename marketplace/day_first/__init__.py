"""How days and numbers are written and typed, a module a language (FORMAT_MODULE_PATH).

In Belgium the day comes first, in whatever language somebody works. Django knows no Pashto,
Tigrinya and Somali; the names of days and months come from the catalogues, in the case that
follows the number of a day.
"""

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
DATETIME_INPUT_FORMATS = [f"{day} %H:%M" for day in DATE_INPUT_FORMATS]
