// SPDX-License-Identifier: Apache-2.0
'use strict';

window.addEventListener('DOMContentLoaded', () => {
  SwaggerUIBundle({
    url: '/openapi.yaml',
    dom_id: '#docs',
    deepLinking: true,
    validatorUrl: null,
    requestInterceptor: request => {
      request.headers['X-Requested-With'] = 'arturo'; // with the cookie, or nothing could be changed from here
      return request;
    },
  });
});
