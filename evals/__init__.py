"""Does it work, and did it get worse?"""
