"""What both engines rank by, so that they agree: the weights of fields and the measure of a rare term."""

from math import log

# BM25 over a document's fields as one text, in which a word of the title counts as several of the body.
TITLE, NAMES, BODY = 3.0, 2.0, 1.0
# What the title and names by themselves add: there a word counts the same however long the body is.
TITLES, OTHER_NAMES = 1.5, 0.7
# What the best passage adds to the score of the whole document.
PASSAGE = 0.5
# A title with all that was asked comes before every title without; a name that is the query before all.
WHOLE_TITLE, SAME_NAME = 1000.0, 2000.0
# What sounds alike in a title counts as if it stood there this often.
SOUND = 2.0
# What belongs to a division that was named, as much as the division tells.
DIVISION = 1.0
# What was cancelled comes after what is in force and answers as well.
CANCELLED = 0.6
# The nearest division's own, and each further one's, among equals.
NEAR = (1.2, 1.1, 1.05)


def rarity(documents: int, frequency: int) -> float:
    """How much a term tells that stands in `frequency` of all documents (the BM25 of Lucene)."""
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
