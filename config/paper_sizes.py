"""Papers by name, and their width and height."""

from __future__ import annotations

from config.i18n import tr_

Paper = str | tuple[float, float]
"""Its name, or width and height in mm."""

_PAPERS = {
    "a4": (297.0, 210.0),
    "a3": (420.0, 297.0),
    "a5": (210.0, 148.0),
    "a4-portrait": (210.0, 297.0),
    "a3-portrait": (297.0, 420.0),
    "card": (85.6, 54.0),
}
_BOUND = 2000.0


def paper_size(paper: Paper) -> tuple[float, float]:
    """Width and height in mm. Raises ValueError for a paper that has no such name or no such size."""
    if isinstance(paper, str):
        if paper not in _PAPERS:
            known = ", ".join(_PAPERS)
            words = tr_("there is no paper “{paper}”; use one of {known}, or [width, height]", paper=paper, known=known)
            raise ValueError(words)
        return _PAPERS[paper]
    if not all(0 < side <= _BOUND for side in paper):
        words = tr_("a paper of {width:g} x {height:g} mm cannot be", width=paper[0], height=paper[1])
        raise ValueError(words)
    return paper
