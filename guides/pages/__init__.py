"""What lies below the column of guides: guides, their other forms, comparisons, bundles."""
