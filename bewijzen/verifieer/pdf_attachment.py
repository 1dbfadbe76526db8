"""Takes one attachment out of a PDF, in a process of its own with little time and memory.

A stranger's PDF can keep a parser busy for as long as it likes; here it costs three seconds at
most. Run as a script: NAME and the largest size as arguments, the PDF on standard input, the
attachment on standard output. Exit 0; 2 when it cannot be read; 3 when it is not in there.
"""

import io
import resource
import sys

import pypdf

CPU_SECONDS = 3
MEMORY_BYTES = 768 * 1024 * 1024
UNREADABLE, NOT_THERE = 2, 3


def main(name: str, most: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        with pypdf.apply_configuration(zlib_maximum_output_length=most):
            found = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read())).attachments.get(name)
    except BaseException:  # whatever a parser may raise, the answer is the same
        return UNREADABLE
    if not found:
        return NOT_THERE
    sys.stdout.buffer.write(found[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
