package dev.amorelay.doors;

/** The secret last part of an address, where one is set. */
@FunctionalInterface
public interface DoorKey {

    /**
     * Whether a request may come in, told before anything of its body is read.
     *
     * @param address of the request, without a slash at its end
     * @return false where the key in the address is wrong or missing
     */
    boolean opens(String address);
}
