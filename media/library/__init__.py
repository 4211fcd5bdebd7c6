"""Custom image, document and audio models; checks on upload; ranged delivery."""
