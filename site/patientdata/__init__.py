"""The gate: finds identifying patient data in free text; one for the whole house."""
