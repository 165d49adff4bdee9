package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordComparisonTest {

    private final AtomicInteger worked = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private boolean slow;
    private final PasswordEncoder bcrypt = new PasswordEncoder() {
        @Override
        public String encode(CharSequence password) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(CharSequence password, String hash) {
            worked.incrementAndGet();
            try {
                if (slow) {
                    end.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return hash.equals(encode(password));
        }
    };
    private final PasswordComparison comparison = new PasswordComparison(bcrypt, 1, Duration.ofMillis(50), Clock.systemUTC());

    @Test
    void aRightPasswordIsWorkedOutOnceAndAWrongOneEachTime() {
        for (int i = 0; i < 5; i++) {
            assertThat(comparison.matches("right", "hash of right")).isTrue();
        }
        assertThat(worked).hasValue(1);
        for (int i = 0; i < 5; i++) {
            assertThat(comparison.matches("wrong", "hash of right")).isFalse();
        }
        assertThat(worked).hasValue(6);
        assertThat(comparison.matches("right", "hash of another")).as("the password was changed").isFalse();
    }

    @Test
    void fewAreWorkedOutAtOnce() throws Exception {
        slow = true;
        Thread first = new Thread(() -> comparison.matches("guess", "hash of right"));
        first.start();
        try {
            while (worked.get() == 0) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> comparison.matches("right", "hash of right")).isInstanceOf(LoginBusy.class);
            assertThat(worked).hasValue(1);
        } finally {
            end.countDown();
            first.join();
        }
        assertThat(comparison.matches("right", "hash of right")).as("there is room again").isTrue();
    }

    @Test
    void whatBcryptWouldCutOffIsNoPassword() {
        String long72 = "x".repeat(72);
        assertThat(comparison.matches(long72, "hash of " + long72)).isTrue();
        assertThat(comparison.matches(long72 + "y", "hash of " + long72 + "y")).isFalse();
        assertThat(comparison.matches("ж".repeat(37), "hash of " + "ж".repeat(37))).isFalse();
        assertThat(comparison.matches(null, "hash of null")).isFalse();
    }
}
