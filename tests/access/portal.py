"""Who may open the member's home."""

from tests.access.table import Row

ROWS = [
    Row("portal:home", allowed={"signed_in"}),
    Row("portal:later", allowed={"signed_in"}, method="post"),
]
