// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * The devices.
 *
 * @param devices in the order in which they are taken
 */
public record DeviceList(List<Device> devices) {}
