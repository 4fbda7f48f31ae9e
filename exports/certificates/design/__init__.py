"""Changing how a certificate looks: steps that can be taken back, frames and colours, test texts, files."""
