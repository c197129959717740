from . import complaints, filing
