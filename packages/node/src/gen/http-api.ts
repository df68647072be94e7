// Generated from openapi.json by openapi-typescript.
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive. Restart it when this does not answer. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "ok": true
                         *     }
                         */
                        "application/json": {
                            /** @enum {boolean} */
                            ok: true;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The city takes part in the agreement. 503 while it catches up or an alarm stands; do not restart it for that. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "ok": true
                         *     }
                         */
                        "application/json": {
                            /** @enum {boolean} */
                            ok: true;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus metrics. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description (OpenAPI 3.1). */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where this city stands. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            displayName: string;
                            /** @description It follows and has no vote. */
                            observer: boolean;
                            federation: string;
                            federationId: string;
                            policyDigest: string;
                            testFederation: boolean;
                            joined: boolean;
                            /** @description This city has a vote in the present epoch. */
                            votes: boolean;
                            /** @description Cities that have a vote in the present epoch. */
                            voters: number;
                            /** @description As many of them decide. */
                            quorum: number;
                            halted: boolean;
                            behind: boolean;
                            epoch: number;
                            view: number;
                            finalizedHeight: number;
                            executedHeight: number;
                            checkpointHeight: number;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            asOf: string;
                            historyRoot: string;
                            stateRoot: string;
                            entries: number;
                            records: number;
                            rejectedRecords: number;
                            facts: number;
                            peers: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                name: string;
                                /** @enum {string} */
                                kind: "authority" | "observer";
                                connected: boolean;
                                /** @description It has a vote in the present epoch. */
                                votes: boolean;
                            }[];
                            bytesIn: number;
                            bytesOut: number;
                            evidence: number;
                            alarm: {
                                code: string;
                                message: string;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cities of the federation. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cities: {
                                index: number;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                name: string;
                                displayName: string;
                                self: boolean;
                                connected: boolean;
                                quarantined: boolean;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lanes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far each lane is held, final and executed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            lanes: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                heldSequence: number;
                                finalizedSequence: number;
                                executedSequence: number;
                                quarantined: boolean;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lanes/{city}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One lane. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            heldSequence: number;
                            finalizedSequence: number;
                            executedSequence: number;
                            quarantined: boolean;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lanes/{city}/{sequence}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry and its records’ names. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            sequence: number;
                            digest: string;
                            previousDigest: string;
                            recordsRoot: string;
                            byteLength: number;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            createdAt: string;
                            height: number | null;
                            records: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                recordId: string;
                                family: string;
                                type: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Final blocks: the newest ones, or those from a height on. */
        get: {
            parameters: {
                query: {
                    from?: number;
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            blocks: {
                                height: number;
                                view: number;
                                epoch: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                timestamp: string;
                                digest: string;
                                parent: string;
                                advances: {
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    sequence: number;
                                }[];
                                checkpoint: {
                                    height: number;
                                    historySize: number;
                                    historyRoot: string;
                                    stateRoot: string;
                                };
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blocks/{height}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One final block. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    height: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            height: number;
                            view: number;
                            epoch: number;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            timestamp: string;
                            digest: string;
                            parent: string;
                            advances: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                sequence: number;
                            }[];
                            checkpoint: {
                                height: number;
                                historySize: number;
                                historyRoot: string;
                                stateRoot: string;
                            };
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records/{city}/{sequence}/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One record: its public fields and what became of it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                    position: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            recordId: string;
                            family: string;
                            type: string;
                            /** @enum {string} */
                            state: "pending" | "final" | "rejected";
                            height: number | null;
                            code: string | null;
                            provable: boolean;
                            requestId: string;
                            fields: {
                                [key: string]: unknown;
                            };
                            now: {
                                of: string;
                                /** @enum {string} */
                                status: "active" | "not-yet" | "lifted" | "expired" | "ended" | "used" | "revoked" | "superseded";
                                disputed: boolean;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proofs of misbehaviour: two statements that no honest city signs. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            evidence: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                /** @enum {string} */
                                kind: "lane-fork" | "conflicting-votes" | "conflicting-proposals";
                                /** @description `Evidence` bytes in base64: both signed statements. */
                                proof: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/membership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The authorities of the present epoch, open proposals, and the changes so far. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            epoch: number;
                            voters: number;
                            /** @description So many voters decide. */
                            quorum: number;
                            seats: {
                                /** @description The lane; it never changes. */
                                index: number;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                self: boolean;
                                /** @enum {string} */
                                standing: "votes" | "suspended" | "removed";
                                quarantined: boolean;
                                displayName: string;
                                laneKey: string;
                                voteKey: string;
                                exchangeKey: string;
                                credentialKey: string;
                                /** @description libp2p, base58. */
                                peerId: string;
                                /** @description Multiaddrs. */
                                addresses: string[];
                            }[];
                            /** @description Those that can still be approved. */
                            proposals: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            }[];
                            decided: {
                                /** @description The epoch that the change makes. */
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                proposal: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                decidedBy: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                decidedAt: string;
                                approvedBy: string[];
                            } | null;
                            /** @description Changes so far, the newest first, at most 100. */
                            history: {
                                /** @description The epoch that the change makes. */
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                proposal: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                decidedBy: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                decidedAt: string;
                                approvedBy: string[];
                            }[];
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/membership/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Propose a change of the authorities, which is also this city’s approval. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            /** @description `city` of suspend and remove, `member` of the others. */
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "change": "remove",
                     *       "city": "qionghai",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description rotate: new keys for the own city; recover: for another one that lost them; add: a new city; suspend, remove: no vote any more.
                         * @enum {string}
                         */
                        change: "rotate" | "recover" | "add" | "suspend" | "remove";
                        /**
                         * @description Name of a city.
                         * @example haikou
                         */
                        city?: string;
                        /** @description The member card, NAME.member.json, as `hansa init` wrote it. */
                        member?: {
                            /** @enum {string} */
                            format: "hansa-member/1";
                            name: string;
                            displayName: string;
                            laneKey: string;
                            voteKey: string;
                            exchangeKey: string;
                            credentialKey: string;
                            voteKeyProof: string;
                            /** @description libp2p, base58. */
                            peerId: string;
                            /** @description Multiaddrs. */
                            addresses: string[];
                        };
                        /**
                         * @description So long it can be approved.
                         * @default 7
                         */
                        days?: number;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/membership/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve another city’s proposal; once more than two thirds did, the change is decided. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "proposal": "haikou/12/0",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description City, entry sequence and position in the entry: the name of a record.
                         * @example haikou/12/0
                         */
                        proposal: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/membership/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw the own proposal while it is not decided. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "proposal": "haikou/12/0",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description City, entry sequence and position in the entry: the name of a record.
                         * @example haikou/12/0
                         */
                        proposal: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            proposal: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                proposer: string;
                                epoch: number;
                                change: {
                                    /** @enum {string} */
                                    kind: "rotate" | "recover" | "add" | "suspend" | "remove";
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    city: string;
                                    member: {
                                        displayName: string;
                                        laneKey: string;
                                        voteKey: string;
                                        exchangeKey: string;
                                        credentialKey: string;
                                        /** @description libp2p, base58. */
                                        peerId: string;
                                        /** @description Multiaddrs. */
                                        addresses: string[];
                                    } | null;
                                };
                                /** @enum {string} */
                                state: "open" | "decided" | "withdrawn" | "ended";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                proposedAt: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                expiresAt: string;
                                approvedBy: string[];
                                approvalsMissing: number;
                            } | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Seal records.
         * @description Either JSON drafts, or `application/vnd.hansa.records`: each record's protobuf bytes behind their length as a varint.
         */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "records": [
                     *         {
                     *           "family": 2,
                     *           "type": 3,
                     *           "body": "ChAAAAAAAAAAAAAAAAAAAAAAEAEaEAAAAAAAAAAAAAAAAAAAAAA="
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        records: {
                            family: number;
                            type: number;
                            requestId?: string;
                            /** @description The family’s own message, encoded, in base64. */
                            body: string;
                            actors?: {
                                publicKey: string;
                                signature: string;
                            }[];
                        }[];
                    };
                    "application/vnd.hansa.records": string;
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "sealed": [
                         *         {
                         *           "first": "haikou/12/0",
                         *           "count": 2000
                         *         }
                         *       ],
                         *       "count": 2000,
                         *       "state": "final",
                         *       "rejected": []
                         *     }
                         */
                        "application/json": {
                            /** @description Consecutive records: the first one’s location and how many follow it, itself included. */
                            sealed: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                first: string;
                                count: number;
                            }[];
                            count: number;
                            /** @enum {string} */
                            state: "pending" | "final";
                            rejected: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                code: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "sealed": [
                         *         {
                         *           "first": "haikou/12/0",
                         *           "count": 2000
                         *         }
                         *       ],
                         *       "count": 2000,
                         *       "state": "final",
                         *       "rejected": []
                         *     }
                         */
                        "application/json": {
                            /** @description Consecutive records: the first one’s location and how many follow it, itself included. */
                            sealed: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                first: string;
                                count: number;
                            }[];
                            count: number;
                            /** @enum {string} */
                            state: "pending" | "final";
                            rejected: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                code: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: finalized, executed, checkpointed, evidence, epoch, alarm.
         * @description A comment every 15 s keeps the connection alive. Last-Event-ID gives again what was missed, if not too much.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The stream. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Is this person or organisation listed? */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "subject": {
                     *         "kind": "id",
                     *         "number": "990101199001010019"
                     *       },
                     *       "purpose": "loan",
                     *       "case": "LOAN-2026-0117",
                     *       "operator": "op08"
                     *     }
                     */
                    "application/json": {
                        subject: {
                            /**
                             * @description Citizen number (GB 11643) or credit code (GB 32100).
                             * @enum {string}
                             */
                            kind: "id" | "org";
                            /** @description Never in a URL, never logged, never on a lane. */
                            number: string;
                        };
                        /** @enum {string} */
                        purpose: "loan" | "withdrawal" | "account" | "supervision";
                        /** @description Reference of the matter in hand. */
                        case: string;
                        /** @description The officer who asks, as the centre names them. Lookups are limited for each; without it all of a role are one. */
                        operator?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            result: "hit" | "none";
                            listings: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                cityName: string;
                                /** @enum {string} */
                                severity: "minor" | "general" | "serious";
                                /** @example 2026-11-23 */
                                decidedOn: string;
                                /** @example 2026-11-23 */
                                effectiveFrom: string;
                                publishUntil: string | null;
                                shareUntil: string | null;
                                restrictUntil: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                listedAt: string;
                                /** @description Somebody objects; shown with every hit. */
                                disputed: boolean;
                                /** @description Final only after the day from which it claims effect. */
                                late: boolean;
                                published: boolean;
                                shared: boolean;
                                /** @description Loans and withdrawals are restricted on this day. */
                                restricted: boolean;
                                /** @description It would restrict, if its open dispute did not suspend it. */
                                suspended: boolean;
                            }[];
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here. */
                            stale: boolean;
                            /** @description Send it to POST /v1/receipts for a receipt of this answer. */
                            proof: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checks that this city answered: when, in which role, for which purpose and matter. */
        get: {
            parameters: {
                query: {
                    /** @description First number; without it the newest. */
                    from?: number;
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checks: {
                                number: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                role: string;
                                /** @description The officer, or the role where none was named. */
                                operator: string;
                                purpose: string;
                                /** @description Reference of the matter. */
                                case: string;
                                /** @enum {string} */
                                given: "answer" | "receipt" | "details" | "paper" | "document";
                                /** @enum {string} */
                                result: "hit" | "none";
                                /** @description Names what was asked about; two checks of one person have the same. */
                                proof: string;
                                height: number;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oprf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key that subjects are looked up with, and the ceremony under way. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            key: {
                                generation: number;
                                threshold: number;
                                publicKey: string;
                                dealers: string[];
                                evaluators: string[];
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                settledAt: string;
                            } | null;
                            /** @description This city evaluates for the others. */
                            holdsShare: boolean;
                            ceremony: {
                                id: string;
                                generation: number;
                                /** @enum {string} */
                                kind: "fresh" | "reshare";
                                threshold: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                openedAt: string;
                                dealt: string[];
                            } | null;
                            /** @description Elements evaluated for other cities since the start. */
                            evaluated: number;
                            outcomes: {
                                [key: string]: number;
                            };
                            alarms: {
                                code: string;
                                message: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oprf/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this city evaluated for the officers of others: when, for whom, for which matter, how many. */
        get: {
            parameters: {
                query: {
                    from?: number;
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            evaluations: {
                                number: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /** @description Who asked. */
                                city: string;
                                /** @description Pseudonym of its officer; only that city can resolve it. */
                                operator: string;
                                /** @description Commitment to the matter. */
                                case: string;
                                /** @enum {string} */
                                purpose: "lookup" | "record";
                                count: number;
                                generation: number;
                                /** @description `evaluated`, or the code of the refusal. */
                                outcome: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oprf/ceremony": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a ceremony: for the first key, or for new shares of the present one. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "kind": "reshare"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        kind: "fresh" | "reshare";
                        threshold?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of the ceremony, as `GET /v1/oprf` has it. */
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of the ceremony, as `GET /v1/oprf` has it. */
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue a deposit certificate from an account of this centre. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "account": "01100000014",
                     *       "addressedTo": "sanya",
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @description Account number at this centre, or the holder’s citizen number. */
                        account: string;
                        /**
                         * @description Name of a city.
                         * @example haikou
                         */
                        addressedTo?: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /** @description Of the counter; printed on the document. */
                        phone?: string;
                        /** @description Public key of the citizen’s wallet, as it is shown at the counter: Ed25519, or a compressed point of P-256. Only its holder can fetch the copy and consent. */
                        holderKey?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            code: string;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            code: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Status on the ledger; the printed fields for the issuing centre’s issuers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            certificate: {
                                code: string;
                                /** @enum {string} */
                                status: "active" | "expired" | "used" | "revoked" | "superseded";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                issuer: string;
                                issuerName: string;
                                addressedTo: string | null;
                                /** @example 2026-11-23 */
                                issuedOn: string;
                                /** @example 2026-11-23 */
                                validUntil: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                issuedAt: string;
                                commitment: string;
                                endedBy: string | null;
                                endedAt: string | null;
                                revokeReason: string | null;
                                supersededBy: string | null;
                                /** @description CONFLICT: certificates of the same person by other centres that are good today. */
                                conflicts: {
                                    code: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    issuer: string;
                                    issuerName: string;
                                    /** @example 2026-11-23 */
                                    validUntil: string;
                                }[];
                            };
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here. */
                            stale: boolean;
                            document?: Record<string, never>;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use it for a loan: once in the whole federation. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "loanReference": "LOAN-2026-0117",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        /** @description Stays in this city; the ledger gets a commitment. */
                        loanReference: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke an own certificate that was not used. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "account-changed",
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        reason: "error" | "holder-request" | "fraud" | "account-changed";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Applications that wait for an officer, oldest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            applications: {
                                id: string;
                                account: string;
                                addressedTo: string | null;
                                /** @enum {string} */
                                purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                                phone: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                appliedAt: string;
                                /** @description The applicant’s public key; the wallet shows the same. */
                                holderKey: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Apply for a certificate, signed with the key that it is to be bound to. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "account": "01100000014",
                     *       "addressedTo": "sanya",
                     *       "purpose": "loan-approval"
                     *     }
                     */
                    "application/json": {
                        /** @description Account number at this centre, or the holder’s citizen number. Not compared with anything before an officer does. */
                        account: string;
                        /**
                         * @description Name of a city.
                         * @example haikou
                         */
                        addressedTo?: string;
                        /** @enum {string} */
                        purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                        phone?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "pending" | "approved" | "refused";
                            addressedTo: string | null;
                            /** @enum {string} */
                            purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            appliedAt: string;
                            decidedAt: string | null;
                            certificate: string | null;
                            refusal: ("identity-not-confirmed" | "account-unfit" | "not-entitled" | "duplicate") | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of the own application. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "pending" | "approved" | "refused";
                            addressedTo: string | null;
                            /** @enum {string} */
                            purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            appliedAt: string;
                            decidedAt: string | null;
                            certificate: string | null;
                            refusal: ("identity-not-confirmed" | "account-unfit" | "not-entitled" | "duplicate") | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue the certificate on the applicant’s key. Confirm first who applies. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        phone?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            code: string;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                            code: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse an application, with a reason that the applicant sees. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "handler": "op08",
                     *       "reason": "identity-not-confirmed"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /** @enum {string} */
                        reason: "identity-not-confirmed" | "account-unfit" | "not-entitled" | "duplicate";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "pending" | "approved" | "refused";
                            addressedTo: string | null;
                            /** @enum {string} */
                            purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            appliedAt: string;
                            decidedAt: string | null;
                            certificate: string | null;
                            refusal: ("identity-not-confirmed" | "account-unfit" | "not-entitled" | "duplicate") | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holder/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A challenge for one request that a holder signs. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The `nonce` of the header Hansa-Holder. */
                            challenge: string;
                            expiresInMs: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holder/certificates/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The own certificate: status with a receipt; at the issuing city the copy to carry and the printed fields. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            certificate: {
                                code: string;
                                /** @enum {string} */
                                status: "active" | "expired" | "used" | "revoked" | "superseded";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                issuer: string;
                                issuerName: string;
                                addressedTo: string | null;
                                /** @example 2026-11-23 */
                                issuedOn: string;
                                /** @example 2026-11-23 */
                                validUntil: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                issuedAt: string;
                                commitment: string;
                                endedBy: string | null;
                                endedAt: string | null;
                                revokeReason: string | null;
                                supersededBy: string | null;
                                /** @description CONFLICT: certificates of the same person by other centres that are good today. */
                                conflicts: {
                                    code: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    issuer: string;
                                    issuerName: string;
                                    /** @example 2026-11-23 */
                                    validUntil: string;
                                }[];
                            };
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description Receipt bytes in base64. */
                            receipt: string;
                            /** @description SD-JWT VC: docs/spec/credential.md. */
                            credential?: string;
                            document?: Record<string, never>;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change severity or dates of an own listing; two different officers. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "restrictUntil": "2026-12-31",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        severity?: "minor" | "general" | "serious";
                        /** @example 2026-11-23 */
                        publishUntil?: string;
                        /** @example 2026-11-23 */
                        shareUntil?: string;
                        /** @example 2026-11-23 */
                        restrictUntil?: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift an own listing; two different officers. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "repaired",
                     *       "handler": "op08",
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        reason: "expired" | "repaired" | "void";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a dispute of any listing, or close one of an own listing. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "state": "open",
                     *       "handler": "op03",
                     *       "effect": "suspend"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        state: "open" | "closed";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                        /** @enum {string} */
                        effect?: "flag" | "suspend";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "location": "haikou/12/0",
                         *       "state": "final",
                         *       "height": 118
                         *     }
                         */
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for a second officer, oldest first, and what was decided lately; to auditors without persons. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            waiting: {
                                id: string;
                                /** @enum {string} */
                                state: "waiting" | "approved" | "returned";
                                /** @description What was prepared; without the person once decided. */
                                change: Record<string, never>;
                                handler: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                preparedAt: string;
                                decidedAt: string | null;
                                approver: string | null;
                                location: string | null;
                                reason: string | null;
                                /** @description Papers that the listing commits to when it is approved; to auditors without their names. */
                                documents: {
                                    name: string;
                                    mediaType: string;
                                    bytes: number;
                                    sha256: string;
                                    /** @description What the record will have of it, in hexadecimal. */
                                    commitment: string;
                                }[];
                            }[];
                            decided: {
                                id: string;
                                /** @enum {string} */
                                state: "waiting" | "approved" | "returned";
                                /** @description What was prepared; without the person once decided. */
                                change: Record<string, never>;
                                handler: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                preparedAt: string;
                                decidedAt: string | null;
                                approver: string | null;
                                location: string | null;
                                reason: string | null;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Prepare a listing, an amendment or a lift for a second officer. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            /** @description `listing` for list; `location` and what changes for amend; `location` and `reason` for lift. */
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "kind": "lift",
                     *       "location": "haikou/12/0",
                     *       "reason": "repaired",
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        kind: "list" | "amend" | "lift";
                        listing?: {
                            subject: {
                                /**
                                 * @description Citizen number (GB 11643) or credit code (GB 32100).
                                 * @enum {string}
                                 */
                                kind: "id" | "org";
                                /** @description Never in a URL, never logged, never on a lane. */
                                number: string;
                            };
                            name: string;
                            /** @enum {string} */
                            behaviour: "false-withdrawal" | "false-loan" | "default" | "employer-nonpayment" | "other";
                            /** @enum {string} */
                            severity: "minor" | "general" | "serious";
                            amountFen?: number;
                            judgementNumber: string;
                            /** @example 2026-11-23 */
                            noticeDate: string;
                            /** @example 2026-11-23 */
                            objectionUntil: string;
                            /** @example 2026-11-23 */
                            decidedOn: string;
                            /** @example 2026-11-23 */
                            restrictUntil: string;
                        };
                        /**
                         * @description City, entry sequence and position in the entry: the name of a record.
                         * @example haikou/12/0
                         */
                        location?: string;
                        /** @enum {string} */
                        severity?: "minor" | "general" | "serious";
                        /** @example 2026-11-23 */
                        publishUntil?: string;
                        /** @example 2026-11-23 */
                        shareUntil?: string;
                        /** @example 2026-11-23 */
                        restrictUntil?: string;
                        /** @enum {string} */
                        reason?: "expired" | "repaired" | "void";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "waiting" | "approved" | "returned";
                            /** @description What was prepared; without the person once decided. */
                            change: Record<string, never>;
                            handler: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            preparedAt: string;
                            decidedAt: string | null;
                            approver: string | null;
                            location: string | null;
                            reason: string | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve and carry out, by another officer than the one who prepared it. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "approver": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                        /** @description Commitments of the papers that the approver saw, none when left out: refused when others wait with the listing. */
                        documents?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "waiting" | "approved" | "returned";
                            /** @description What was prepared; without the person once decided. */
                            change: Record<string, never>;
                            handler: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            preparedAt: string;
                            decidedAt: string | null;
                            approver: string | null;
                            location: string | null;
                            reason: string | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return a prepared change, with the reason. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @example 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "approver": "ap02",
                     *       "reason": "The judgement is not attached."
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        approver: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "waiting" | "approved" | "returned";
                            /** @description What was prepared; without the person once decided. */
                            change: Record<string, never>;
                            handler: string;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            preparedAt: string;
                            decidedAt: string | null;
                            approver: string | null;
                            location: string | null;
                            reason: string | null;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry a holder’s consent to the ledger. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "record": "CAMQARoQAAAAAAAAAAAAAAAAAAAAACIA"
                     *     }
                     */
                    "application/json": {
                        /** @description Bytes of the `Record`, signed by the holder’s wallet, in base64. See docs/spec/families.md. */
                        record: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A consent as it stands, with the balance that is left. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the holder allowed, and what is left of it. Null: without such a bound. */
                            consent: {
                                id: string;
                                /** @enum {string} */
                                status: "active" | "not-yet" | "expired" | "withdrawn" | "exhausted";
                                certificate: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                grantee: string;
                                /** @enum {string} */
                                purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                                /** @enum {string} */
                                mode: "time" | "count" | "time-and-count";
                                from: string | null;
                                to: string | null;
                                maxUses: number | null;
                                uses: number;
                                usesLeft: number | null;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                grantedAt: string;
                                withdrawnAt: string | null;
                            };
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The consents of a certificate’s holder, newest first. */
        get: {
            parameters: {
                query: {
                    limit: number;
                };
                header?: never;
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            consents: {
                                id: string;
                                /** @enum {string} */
                                status: "active" | "not-yet" | "expired" | "withdrawn" | "exhausted";
                                certificate: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                grantee: string;
                                /** @enum {string} */
                                purpose: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                                /** @enum {string} */
                                mode: "time" | "count" | "time-and-count";
                                from: string | null;
                                to: string | null;
                                maxUses: number | null;
                                uses: number;
                                usesLeft: number | null;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                grantedAt: string;
                                withdrawnAt: string | null;
                            }[];
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry a holder’s withdrawal to the ledger; the grantee forgets what it was given. */
        post: {
            parameters: {
                query?: {
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "record": "CAMQARoQAAAAAAAAAAAAAAAAAAAAACIA"
                     *     }
                     */
                    "application/json": {
                        /** @description Bytes of the `Record`, signed by the holder’s wallet, in base64. See docs/spec/families.md. */
                        record: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /** @enum {string} */
                            state: "pending" | "final";
                            height?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open another city’s certificate: under its holder’s consent, of which it takes one use, or on a legal basis. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                     */
                    code: string;
                };
                cookie?: never;
            };
            /** @description Under a consent and its purpose, or on a legal basis that opens certificates. */
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "consent": "0123456789abcdef0123456789abcdef",
                     *       "purpose": "loan-approval",
                     *       "case": "LOAN-2026-0117",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        consent?: string;
                        /** @enum {string} */
                        purpose?: "loan-approval" | "loan-review" | "withdrawal" | "transfer";
                        /** @description One of `policy.access.legalBases`. */
                        basis?: string;
                        /** @description Reference of the matter in hand. */
                        case: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            certificate: {
                                code: string;
                                /** @enum {string} */
                                status: "active" | "expired" | "used" | "revoked" | "superseded";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                issuer: string;
                                issuerName: string;
                                addressedTo: string | null;
                                /** @example 2026-11-23 */
                                issuedOn: string;
                                /** @example 2026-11-23 */
                                validUntil: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                issuedAt: string;
                                commitment: string;
                                endedBy: string | null;
                                endedAt: string | null;
                                revokeReason: string | null;
                                supersededBy: string | null;
                                /** @description CONFLICT: certificates of the same person by other centres that are good today. */
                                conflicts: {
                                    code: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    issuer: string;
                                    issuerName: string;
                                    /** @example 2026-11-23 */
                                    validUntil: string;
                                }[];
                            };
                            /** @description The printed fields. */
                            document: Record<string, never>;
                            /** @description SHA-256(salt || payload) is the commitment on the ledger: whoever opened it verifies it alone. */
                            opened: {
                                salt: string;
                                /** @description In base64. */
                                payload: string;
                                commitment: string;
                            };
                            /** @enum {string} */
                            source: "delivered" | "issuer";
                            use: string | null;
                            receipt: string | null;
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here. */
                            stale: boolean;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Behaviour and amount of a listing and the list of its papers, on a legal basis. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "basis": "LOAN_DECISION",
                     *       "case": "LOAN-2026-0117",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        /** @description One of `policy.access.legalBases`. */
                        basis: string;
                        /** @description Reference of the matter in hand. */
                        case: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            location: string;
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            details: Record<string, never>;
                            /** @description SHA-256(salt || payload) is the commitment on the ledger: whoever opened it verifies it alone. */
                            opened: {
                                salt: string;
                                /** @description In base64. */
                                payload: string;
                                commitment: string;
                            };
                            receipt: string | null;
                            /**
                             * @description Block at which the answer was true, and its legal time.
                             * @example {
                             *       "height": 118,
                             *       "timestampMs": 1795400000000
                             *     }
                             */
                            asOf: {
                                height: number;
                                timestampMs: number;
                            };
                            /** @description The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here. */
                            stale: boolean;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{code}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete payload and salt of an own certificate; whoever holds or read it is told. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "holder-request",
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        reason: "holder-request" | "expired";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            record: string;
                            /** @description Cities whose lanes say that they hold payload and salt no more. Others follow. */
                            acknowledged: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                /** @enum {string} */
                                reason: "lifted" | "expired" | "holder-request" | "withdrawn";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete payload and salt of an own listing; whoever read it is told. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                    position: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "reason": "holder-request",
                     *       "handler": "op08"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        reason: "holder-request" | "expired";
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            record: string;
                            /** @description Cities whose lanes say that they hold payload and salt no more. Others follow. */
                            acknowledged: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                /** @enum {string} */
                                reason: "lifted" | "expired" | "holder-request" | "withdrawn";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/{city}/{sequence}/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which cities acknowledged that they hold nothing of a record any more. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                    position: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description City, entry sequence and position in the entry: the name of a record.
                             * @example haikou/12/0
                             */
                            record: string;
                            /** @description Cities whose lanes say that they hold payload and salt no more. Others follow. */
                            acknowledged: {
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                city: string;
                                /** @enum {string} */
                                reason: "lifted" | "expired" | "holder-request" | "withdrawn";
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What other cities told this one: something that was read here is lifted or erased. */
        get: {
            parameters: {
                query: {
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            notices: {
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                from: string;
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                record: string;
                                /** @enum {string} */
                                reason: "lifted" | "expired" | "holder-request" | "withdrawn";
                            }[];
                            count: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Attach a paper to a decision that is not listed yet; its listing commits to it. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "subject": {
                     *         "kind": "id",
                     *         "number": "990101199001011234"
                     *       },
                     *       "judgementNumber": "HK-2026-0117",
                     *       "decidedOn": "2026-11-20",
                     *       "name": "decision.pdf",
                     *       "content": "JVBERi0xLjcK"
                     *     }
                     */
                    "application/json": {
                        subject: {
                            /**
                             * @description Citizen number (GB 11643) or credit code (GB 32100).
                             * @enum {string}
                             */
                            kind: "id" | "org";
                            /** @description Never in a URL, never logged, never on a lane. */
                            number: string;
                        };
                        /** @description As the export or the form has it. */
                        judgementNumber: string;
                        /** @example 2026-11-23 */
                        decidedOn: string;
                        /** @description Name of the file; one of the same name is replaced. */
                        name: string;
                        /** @description A PDF, JPEG or PNG file in base64, at most 511 KiB; eight of a decision. */
                        content: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description All that wait for the decision’s listing. */
                            documents: {
                                name: string;
                                mediaType: string;
                                bytes: number;
                                sha256: string;
                                /** @description What the record will have of it, in hexadecimal. */
                                commitment: string;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/documents/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete the papers that wait for a decision’s listing. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "subject": {
                     *         "kind": "id",
                     *         "number": "990101199001011234"
                     *       },
                     *       "judgementNumber": "HK-2026-0117",
                     *       "decidedOn": "2026-11-20"
                     *     }
                     */
                    "application/json": {
                        subject: {
                            /**
                             * @description Citizen number (GB 11643) or credit code (GB 32100).
                             * @enum {string}
                             */
                            kind: "id" | "org";
                            /** @description Never in a URL, never logged, never on a lane. */
                            number: string;
                        };
                        /** @description As the export or the form has it. */
                        judgementNumber: string;
                        /** @example 2026-11-23 */
                        decidedOn: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            discarded: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blacklist/{city}/{sequence}/{position}/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * One paper of a listing as a file, on a legal basis; each is a look of its own.
         * @description `:document` is the `commitment` that the details have of it. The header `Hansa-Receipt` names the receipt.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    /**
                     * @description Name of a city.
                     * @example haikou
                     */
                    city: string;
                    sequence: number;
                    position: number;
                    document: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "basis": "LOAN_DECISION",
                     *       "case": "LOAN-2026-0117",
                     *       "handler": "op03"
                     *     }
                     */
                    "application/json": {
                        /** @description One of `policy.access.legalBases`. */
                        basis: string;
                        /** @description Reference of the matter in hand. */
                        case: string;
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        handler: string;
                    };
                };
            };
            responses: {
                /** @description The paper. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                        "image/jpeg": string;
                        "image/png": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A paper that waits with a prepared listing as a file, for the officers who decide; into the book of checks.
         * @description `:document` is the `commitment` that GET /v1/approvals has of it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                    document: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "officer": "ap02"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                         * @example op08
                         */
                        officer: string;
                    };
                };
            };
            responses: {
                /** @description The paper. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                        "image/jpeg": string;
                        "image/png": string;
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accesses that this city took part in, on either side, refusals included. */
        get: {
            parameters: {
                query: {
                    /** @example 2026-11-23T02:10:00.000Z */
                    from?: string;
                    /** @example 2026-11-23T02:10:00.000Z */
                    to?: string;
                    /**
                     * @description City, entry sequence and position in the entry: the name of a record.
                     * @example haikou/12/0
                     */
                    record?: string;
                    /**
                     * @description Name of the officer as the centre knows it; only a pseudonym leaves the city.
                     * @example op08
                     */
                    officer?: string;
                    /** @description Reference of the matter in hand. */
                    case?: string;
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accesses: {
                                id: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /** @enum {string} */
                                kind: "read" | "delivery" | "notice";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                record: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                reader: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                holder: string;
                                /** @enum {string} */
                                outcome: "granted" | "refused";
                                code: string | null;
                                purpose: ("loan-approval" | "loan-review" | "withdrawal" | "transfer") | null;
                                consent: string | null;
                                legalBasis: string | null;
                                officer: string | null;
                                reason: ("lifted" | "expired" | "holder-request" | "withdrawn") | null;
                                batch: string | null;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/testimony": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same with all batches and receipts of a period, for another city’s supervisor to verify. */
        get: {
            parameters: {
                query?: {
                    /** @example 2026-11-23T02:10:00.000Z */
                    from?: string;
                    /** @example 2026-11-23T02:10:00.000Z */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All that a city shows of a period, so that nothing can be missing. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            fromMs: number;
                            toMs: number;
                            batches: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                fromMs: number;
                                toMs: number;
                                root: string;
                                /** @description All receipts of the batch, ascending. */
                                ids: string[];
                            }[];
                            /** @description `AccessReceipt` bytes: docs/spec/access.md. */
                            receipts: string[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a city’s testimony against the ledger, and against the receipts that others hold. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "testimony": {
                     *         "city": "haikou",
                     *         "fromMs": 1795400000000,
                     *         "toMs": 1795403600000,
                     *         "batches": [],
                     *         "receipts": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description All that a city shows of a period, so that nothing can be missing. */
                        testimony: {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            fromMs: number;
                            toMs: number;
                            batches: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                fromMs: number;
                                toMs: number;
                                root: string;
                                /** @description All receipts of the batch, ascending. */
                                ids: string[];
                            }[];
                            /** @description `AccessReceipt` bytes: docs/spec/access.md. */
                            receipts: string[];
                        };
                        receipts?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            covered: {
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                from: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                to: string;
                            } | null;
                            accesses: {
                                id: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /** @enum {string} */
                                kind: "read" | "delivery" | "notice";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                record: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                reader: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                holder: string;
                                /** @enum {string} */
                                outcome: "granted" | "refused";
                                code: string | null;
                                purpose: ("loan-approval" | "loan-review" | "withdrawal" | "transfer") | null;
                                consent: string | null;
                                legalBasis: string | null;
                                officer: string | null;
                                reason: ("lifted" | "expired" | "holder-request" | "withdrawn") | null;
                                batch: string | null;
                            }[];
                            withheld: string[];
                            missing: {
                                access: {
                                    id: string;
                                    /**
                                     * Format: date-time
                                     * @example 2026-11-23T02:10:00.000Z
                                     */
                                    at: string;
                                    /** @enum {string} */
                                    kind: "read" | "delivery" | "notice";
                                    /**
                                     * @description City, entry sequence and position in the entry: the name of a record.
                                     * @example haikou/12/0
                                     */
                                    record: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    reader: string;
                                    /**
                                     * @description Name of a city.
                                     * @example haikou
                                     */
                                    holder: string;
                                    /** @enum {string} */
                                    outcome: "granted" | "refused";
                                    code: string | null;
                                    purpose: ("loan-approval" | "loan-review" | "withdrawal" | "transfer") | null;
                                    consent: string | null;
                                    legalBasis: string | null;
                                    officer: string | null;
                                    reason: ("lifted" | "expired" | "holder-request" | "withdrawn") | null;
                                    batch: string | null;
                                };
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                batch: string;
                                hidden: boolean;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/access/prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A proof that a city’s batch has a receipt, or that it lacks it. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "receipt": "0000000000000000000000000000000000000000000000000000000000000000"
                     *     }
                     */
                    "application/json": {
                        receipt: string;
                        /** @description All that a city shows of a period, so that nothing can be missing. */
                        testimony?: {
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            fromMs: number;
                            toMs: number;
                            batches: {
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                location: string;
                                fromMs: number;
                                toMs: number;
                                root: string;
                                /** @description All receipts of the batch, ascending. */
                                ids: string[];
                            }[];
                            /** @description `AccessReceipt` bytes: docs/spec/access.md. */
                            receipts: string[];
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description `AccessProof` bytes in base64. */
                            proof: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holder/certificates/{code}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looked at the own certificate, as far as this city took part. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description As printed: 32 digits and letters a to f; blanks and hyphens do not matter.
                     * @example 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                     */
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accesses: {
                                id: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                at: string;
                                /** @enum {string} */
                                kind: "read" | "delivery" | "notice";
                                /**
                                 * @description City, entry sequence and position in the entry: the name of a record.
                                 * @example haikou/12/0
                                 */
                                record: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                reader: string;
                                /**
                                 * @description Name of a city.
                                 * @example haikou
                                 */
                                holder: string;
                                /** @enum {string} */
                                outcome: "granted" | "refused";
                                code: string | null;
                                purpose: ("loan-approval" | "loan-review" | "withdrawal" | "transfer") | null;
                                consent: string | null;
                                legalBasis: string | null;
                                officer: string | null;
                                reason: ("lifted" | "expired" | "holder-request" | "withdrawn") | null;
                                batch: string | null;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A receipt of a record, a certificate or the answer of a check.
         * @description `application/vnd.hansa.receipt` bytes; with `Accept: application/json` base64 in JSON. Waits until a final block proves the record.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "record": "haikou/12/0"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description City, entry sequence and position in the entry: the name of a record.
                         * @example haikou/12/0
                         */
                        record: string;
                    } | {
                        certificate: string;
                    } | {
                        /** @description `proof` of a check. */
                        proof: string;
                    } | {
                        subject: {
                            /**
                             * @description Citizen number (GB 11643) or credit code (GB 32100).
                             * @enum {string}
                             */
                            kind: "id" | "org";
                            /** @description Never in a URL, never logged, never on a lane. */
                            number: string;
                        };
                        /** @enum {string} */
                        purpose: "loan" | "withdrawal" | "account" | "supervision";
                        /** @description Reference of the matter in hand. */
                        case: string;
                    };
                };
            };
            responses: {
                /** @description The receipt. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.hansa.receipt": string;
                        "application/json": {
                            /** @description Receipt bytes in base64. */
                            receipt: string;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a receipt proves. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "receipt": "CgwKBAgBEAISBAgD",
                     *       "proof": "blacklist:c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3"
                     *     }
                     */
                    "application/json": {
                        receipt: string;
                        certificate?: string;
                        proof?: string;
                    };
                    "application/vnd.hansa.receipt": string;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            federation: string;
                            /** @description Of the final block that vouches for the state. */
                            height: number;
                            /** @description The state is that after this block. */
                            checkpointHeight: number;
                            /**
                             * Format: date-time
                             * @example 2026-11-23T02:10:00.000Z
                             */
                            vouchedAt: string;
                            facts: number;
                            record?: unknown;
                            certificate?: unknown;
                            subject?: unknown;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The role of the token, and what it may call. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            role: "operator" | "clerk" | "issuer" | "approver" | "auditor";
                            /**
                             * @description Routes that this role may call.
                             * @example [
                             *       "POST /v1/check"
                             *     ]
                             */
                            may: string[];
                            /**
                             * @description Name of a city.
                             * @example haikou
                             */
                            city: string;
                            displayName: string;
                            federation: string;
                            federationId: string;
                            testFederation: boolean;
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/finality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long the newest blocks took to become final here. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            blocks: {
                                height: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-11-23T02:10:00.000Z
                                 */
                                timestamp: string;
                                /** @description From the time that the leader wrote into the block to its finality here, by this city’s clock. */
                                afterMs: number;
                            }[];
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/genesis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The genesis file, byte by byte: its SHA-256 is the federation id. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The federation file: the genesis file and the end of each epoch since (C12). Verifiers take it like the genesis file. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The web console. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Programs, styles and pictures of the web console. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/import/blacklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import listings.
         * @description Body: the export (CSV, TSV, JSON lines; UTF-8 or GB18030). Importing a file twice has no second effect.
         */
        post: {
            parameters: {
                query: {
                    /**
                     * @description Name of a built-in mapping, or a mapping file’s text. Default: the mapping named like this city.
                     * @example haikou
                     */
                    mapping?: string;
                    /** @description Check every row, change nothing. */
                    dryRun: boolean;
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "text/csv": string;
                    "text/tab-separated-values": string;
                    "application/x-ndjson": string;
                    "application/octet-stream": string;
                };
            };
            responses: {
                /** @description One JSON object a line, as the import goes on; the last one is a report or a problem. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": {
                            /** @enum {string} */
                            kind: "progress" | "refused" | "report" | "problem";
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/import/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import accounts.
         * @description Body: the export (CSV, TSV, JSON lines; UTF-8 or GB18030). Importing a file twice has no second effect.
         */
        post: {
            parameters: {
                query: {
                    /**
                     * @description Name of a built-in mapping, or a mapping file’s text. Default: the mapping named like this city.
                     * @example haikou
                     */
                    mapping?: string;
                    /** @description Check every row, change nothing. */
                    dryRun: boolean;
                    /** @description "final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here. */
                    wait?: "none" | "final";
                };
                header?: {
                    /**
                     * @description Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.
                     * @example b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10
                     */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "text/csv": string;
                    "text/tab-separated-values": string;
                    "application/x-ndjson": string;
                    "application/octet-stream": string;
                };
            };
            responses: {
                /** @description One JSON object a line, as the import goes on; the last one is a report or a problem. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": {
                            /** @enum {string} */
                            kind: "progress" | "refused" | "report" | "problem";
                        };
                    };
                };
                /** @description RFC 9457 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
                /** @description RFC 9457 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            /** @description Stable; docs/errors.md lists all. */
                            code: string;
                            /** @description What is wrong and what to do now. */
                            detail: string;
                            instance?: string;
                            retryAfterMs?: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
