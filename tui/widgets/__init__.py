"""Parts of screens: fields, tables, frames, dialogs."""
