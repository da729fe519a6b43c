"""Pages: self-contained HTML files, which ask nothing of the network and open anywhere.

- `page_rendering`: a page from a template, with styles, script and content policy within it.
- `page_figure`: a figure as SVG in a page, with alternative text and the numbers behind it.
- `templates/`: what all pages share (`base.html`), styles and script.
"""
