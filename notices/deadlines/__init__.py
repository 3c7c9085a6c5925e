"""Deadlines in the product: worked out from what is stored, shown, met, waived, mailed. Nothing due is ever stored."""
