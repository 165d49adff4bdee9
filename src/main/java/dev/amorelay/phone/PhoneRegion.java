package dev.amorelay.phone;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells the reading of phones, at the start, whose numbers are meant where no country is named. */
@Component
class PhoneRegion {

    PhoneRegion(@Value("${relay.phone-region:RU}") String region) {
        Phones.readAs(region);
    }
}
