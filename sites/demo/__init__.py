"""The demo content of the website group: data files and the pure Python that reads them."""
