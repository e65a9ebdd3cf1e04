"""From an untrusted file to pages that are safe to show.

What people upload is hostile until shown otherwise: 1,230 bytes of PDF can cost a renderer a minute
and five gigabytes. So nothing here opens a file in the process that serves people. ``pages`` names
the type from the bytes, hands them to a child process that is confined by the kernel (``child``),
and gets back re-encoded pictures that carry pixels and nothing else.

Everything but ``pages`` and ``child`` is imported by both sides and stays light: the child pays for
its imports on every upload.
"""
