"""Building stones of public pages; a room above may use them in its own streams."""

from pages.blocks.links import LinkBlock
from pages.blocks.medical import ClaimBlock, RedFlagsBlock, SourceRefBlock, VersusBlock
from pages.blocks.plain import (
    CalloutBlock,
    CardsBlock,
    DrawingBlock,
    PictureBlock,
    QuestionBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
)
from pages.blocks.streams import ActionBlocks, BodyBlocks, HomeBlocks

__all__ = [
    "ActionBlocks",
    "BodyBlocks",
    "CalloutBlock",
    "CardsBlock",
    "ClaimBlock",
    "DrawingBlock",
    "HomeBlocks",
    "LinkBlock",
    "PictureBlock",
    "QuestionBlock",
    "QuoteBlock",
    "RedFlagsBlock",
    "SourceRefBlock",
    "StepsBlock",
    "TextBlock",
    "VersusBlock",
]
