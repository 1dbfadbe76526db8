"""Small recordings, made by hand."""


def ogg(*, packets: int = 4, size: int = 200) -> bytes:
    """Ogg Opus: a head, its tags, and pages with sound."""
    head = b"OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"
    pages = [head, b"OpusTags" + bytes(8), *[b"\x58" * size] * packets]
    return b"".join(_page(number, packet) for number, packet in enumerate(pages))


def _page(number: int, packet: bytes) -> bytes:
    lengths = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    header = b"OggS\0\0" + bytes(8) + b"\1\0\0\0" + number.to_bytes(4, "little") + bytes(4)
    return header + bytes([len(lengths)]) + lengths + packet


def mp3(*, frames: int = 20, tag: bool = False) -> bytes:
    """MPEG-1 layer III, 32 kbit/s at 44.1 kHz: 104 bytes a frame."""
    sound = (b"\xff\xfb\x10\x00" + bytes(100)) * frames
    return b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + sound if tag else sound
