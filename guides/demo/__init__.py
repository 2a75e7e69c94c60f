"""The demo's catalogue: items of the product's own writing in `content/`, and what loads them."""
