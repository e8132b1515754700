"""The trade's synonyms as the department keeps them: shipped with the portal, edited by people."""
