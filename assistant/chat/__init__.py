"""What lies beneath the chat's screen: typing, words, commands, the session; knows no Textual."""
