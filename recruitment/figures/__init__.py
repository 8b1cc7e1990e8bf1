"""Do published or reported figures hold? The arithmetic, the articles, and the page that shows both."""
