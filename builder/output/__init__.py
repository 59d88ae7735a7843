"""What lies in `public/`: published as a commit; feeds, sitemap, data and headers beside the pages."""
