"""Staff: hiring, quitting, job moves, the labour market, direct government hiring."""
