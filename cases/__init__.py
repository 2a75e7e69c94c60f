"""The e-service front: applications and what becomes of them."""
