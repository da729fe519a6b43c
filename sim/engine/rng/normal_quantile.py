"""Normal quantile: the inverse of the standard normal distribution function.

References
----------
Wichura (1988), Algorithm AS 241: the percentage points of the normal distribution. Applied Statistics 37,
477-484; routine PPND16, about 16 digits.
"""

from __future__ import annotations

import math

from sim.engine.compilation import rule

# One tuple of coefficients (constant term first) for numerator and denominator of each of three regions.
_CENTRE_TOP = (
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
)  # fmt: skip
_CENTRE_BOTTOM = (
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
)  # fmt: skip
_TAIL_TOP = (
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
)  # fmt: skip
_TAIL_BOTTOM = (
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
)  # fmt: skip
_FAR_TOP = (
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
)  # fmt: skip
_FAR_BOTTOM = (
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
)  # fmt: skip

_Coefficients = tuple[float, float, float, float, float, float, float, float]


@rule
def _polynomial(c: _Coefficients, x: float) -> float:
    """Polynomial of degree seven by Horner's rule."""
    return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]


@rule
def normal_quantile(u: float) -> float:
    """Value below which a standard normal variable falls with probability `u`.

    Parameters
    ----------
    u : float
        Strictly between 0 and 1.

    Returns
    -------
    float
        Odd about 0.5, where it is exactly 0.
    """
    centred = u - 0.5
    if abs(centred) <= 0.425:
        x = 0.180625 - centred * centred
        return centred * _polynomial(_CENTRE_TOP, x) / _polynomial(_CENTRE_BOTTOM, x)
    x = math.sqrt(-math.log(min(u, 1.0 - u)))
    if x <= 5.0:
        size = _polynomial(_TAIL_TOP, x - 1.6) / _polynomial(_TAIL_BOTTOM, x - 1.6)
    else:
        size = _polynomial(_FAR_TOP, x - 5.0) / _polynomial(_FAR_BOTTOM, x - 5.0)
    return math.copysign(size, centred)
