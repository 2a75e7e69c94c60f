"""A notice of the State Council for 2027 such as the tests import; the real one comes late in 2026."""

HEADING = "date,kind,name,name_en"
DAYS_OF_2027 = [
    "2027-01-01,holiday,元旦,New Year's Day",
    "2027-02-05,holiday,春节,Spring Festival",
    "2027-02-06,holiday,春节,Spring Festival",
    "2027-02-08,holiday,春节,Spring Festival",
    "2027-02-20,working,春节,Spring Festival",
    "2027-05-01,holiday,劳动节,Labour Day",
    "2027-10-01,holiday,国庆节,National Day",
    "2027-10-02,holiday,国庆节,National Day",
    "2027-10-03,holiday,国庆节,National Day",
]


def notice(*lines: str) -> bytes:
    """The content of a file with these lines."""
    return "\n".join((HEADING, *lines, "")).encode()
