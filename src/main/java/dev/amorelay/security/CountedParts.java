package dev.amorelay.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Collection;
import org.springframework.util.unit.DataSize;

/**
 * A form in chunks, whose length nobody knows before the server has taken it apart. The server's own limit is that of the longest
 * form, the one with a photo; here the parts are counted against the limit of their door.
 */
class CountedParts extends HttpServletRequestWrapper {

    private final DataSize limit;

    /**
     * @param request a multipart form without a length
     * @param limit of the door
     */
    CountedParts(HttpServletRequest request, DataSize limit) {
        super(request);
        this.limit = limit;
    }

    /** @throws IllegalStateException when they are too long; by its text Spring knows it as a form that is too long */
    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        Collection<Part> parts = super.getParts();
        if (parts.stream().mapToLong(Part::getSize).sum() > limit.toBytes()) {
            throw new IllegalStateException("the parts exceed the size limit of the door");
        }
        return parts;
    }
}
