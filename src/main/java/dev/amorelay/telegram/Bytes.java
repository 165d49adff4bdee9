package dev.amorelay.telegram;

import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/** java.net.http's streams of bodies, as the arrays that they are here. */
final class Bytes {

    private static final Flow.Subscription WHOLE = new Flow.Subscription() {
        @Override
        public void request(long items) {
            // all of it comes at once
        }

        @Override
        public void cancel() {
            // nothing is under way
        }
    };

    private Bytes() {
    }

    /** The body of a request; empty for none. */
    static byte[] of(HttpRequest request) {
        BodySubscriber<byte[]> all = BodySubscribers.ofByteArray();
        if (request.bodyPublisher().isEmpty()) {
            return new byte[0];
        }
        request.bodyPublisher().get().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                all.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                all.onNext(List.of(part));
            }

            @Override
            public void onError(Throwable failure) {
                all.onError(failure);
            }

            @Override
            public void onComplete() {
                all.onComplete();
            }
        });
        return all.getBody().toCompletableFuture().join();
    }

    /** What the caller makes of the body of an answer. */
    static <T> T to(BodyHandler<T> handler, int status, byte[] body) {
        BodySubscriber<T> all = handler.apply(new ResponseInfo() {
            @Override
            public int statusCode() {
                return status;
            }

            @Override
            public HttpHeaders headers() {
                return HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);
            }

            @Override
            public Version version() {
                return Version.HTTP_1_1;
            }
        });
        all.onSubscribe(WHOLE);
        all.onNext(List.of(ByteBuffer.wrap(body)));
        all.onComplete();
        return all.getBody().toCompletableFuture().join();
    }
}
