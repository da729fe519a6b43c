"""Workforce: quits, hiring, layoffs, job moves, labour market, licence exam, direct hiring, peer learning."""
