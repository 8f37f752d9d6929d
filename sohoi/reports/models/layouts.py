"""The Word layouts that signed papers were written with: each distinct file once, known by its content."""

from django.db import models


class KeptLayout(models.Model):
    """A layout as it was on the day of a signature; the database refuses to change it."""

    hash = models.CharField(primary_key=True, max_length=64, help_text="SHA-256 of the file, in hexadecimal")
    body = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)
