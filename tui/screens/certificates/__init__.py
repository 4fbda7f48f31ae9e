"""Certificates, their preview and their printing."""
