"""References in the styles that offices ask for, written by pandoc from CSL styles (`resources/styles`).

`references.references` takes the items that a briefing cites, and its citations in their order, and gives the text of
each as phrases with italics and languages. How it shows in a briefing is told in `exports.citations.notes`.
"""
