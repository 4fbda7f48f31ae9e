"""From a template and a decided award to a page."""
