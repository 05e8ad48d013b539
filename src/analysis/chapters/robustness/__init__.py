"""How far the headlines depend on choices and on what was not measured."""
