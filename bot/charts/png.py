"""From a figure to bytes."""

from io import BytesIO

from matplotlib.figure import Figure


def png(figure: Figure) -> bytes:
    """Encode at the figure's own resolution; equal figures give equal bytes on one machine."""
    buffer = BytesIO()
    # The Software entry would carry the library's version into the bytes.
    figure.savefig(buffer, format="png", dpi="figure", metadata={"Software": None})
    return buffer.getvalue()
