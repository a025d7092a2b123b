"""Questions of buyers that our help centre answers with great confidence."""

TWICE = "Why do I see two charges for one order?"
EMAIL = "How do I change my email address?"
DELETE = "How do I delete my account?"
PROTECTION = "What does Buyer Protection cover?"
EXCHANGE = "Can I exchange an item for another size?"
COUPON = "My coupon is not working"
ANSWERED = (TWICE, EMAIL, DELETE, PROTECTION, EXCHANGE, COUPON)
