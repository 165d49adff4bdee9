package dev.amorelay.security;

import org.springframework.security.authentication.AuthenticationServiceException;

/** So many passwords are being compared that this one was not: nothing is said about it. */
class LoginBusy extends AuthenticationServiceException {

    LoginBusy() {
        super("too many passwords are being compared");
    }
}
