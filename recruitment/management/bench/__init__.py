"""What `manage.py bench` measures, and the world it measures in. Never touches the real database."""
